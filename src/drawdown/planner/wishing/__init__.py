"""Plans under wishes, and plans near to an earlier one."""

"""The engines that do the hard parts of planning: flows, schedules and trips."""

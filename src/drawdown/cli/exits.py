"""What the exit codes mean, for every command."""

OK = 0
NO = 1  # it ran, and the answer is no: rules broken, no lawful plan, warnings where --strict allows none
BAD_INPUT = 2  # the input cannot be used; nothing was written
DEFECT = 70  # a fault of Drawdown itself
STOPPED = 130  # by the user

HELP = (
    "Exit codes: 0 done; 1 the answer is no (rules broken, no lawful plan, warnings with --strict); "
    "2 the input cannot be used and nothing was written; 70 a defect in Drawdown; 130 stopped by you."
)

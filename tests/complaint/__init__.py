"""投诉举报: a throw-away register, declared as a capability's folder is. It stands in no list of the program."""

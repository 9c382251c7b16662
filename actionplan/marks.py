"""Which colour and which shape stand beside which word of the plan, on pages as in papers."""

from actionplan.enums import Movement, RiskLevel

RISK_COLOURS = {
    RiskLevel.LOW: "green",
    RiskLevel.MODERATE: "moderate",
    RiskLevel.HIGH: "amber",
    RiskLevel.SEVERE: "red",
}
# An arrow that points up is graver here: its word says so, and its colour is that of worse.
MOVEMENTS = {
    Movement.UP: ("worse", "up", "Up from {}"),
    Movement.DOWN: ("better", "down", "Down from {}"),
    Movement.SAME: ("same", "same", "Same"),
    Movement.NEW: ("new", "grey", "New"),
}

"""The plan in Django admin: what people keep (plan), the actions with dates and owners, what is only read."""

from actionplan.admin import actions, facts, governance, months, plan, risks

__all__ = ["actions", "facts", "governance", "months", "plan", "risks"]

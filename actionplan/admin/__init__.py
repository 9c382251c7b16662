"""The plan in Django admin: what people keep (plan, risks), the actions with their dates and owners, facts to read."""

from actionplan.admin import actions, facts, plan, risks

__all__ = ["actions", "facts", "plan", "risks"]

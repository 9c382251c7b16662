"""The plan in Django admin: what people keep (plan), the actions with their dates and owners, and facts to read."""

from actionplan.admin import actions, facts, plan

__all__ = ["actions", "facts", "plan"]

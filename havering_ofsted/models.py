from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from simple_history.models import HistoricalRecords

from actionplan.models import Service
from kpis.models import Versioned
from kpis.models.versioned import VersionedQuerySet


class UserManager(BaseUserManager.from_queryset(VersionedQuerySet)):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin, Versioned):
    """A person who signs in, by e-mail. What they own comes through the posts they hold."""

    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField(max_length=150, blank=True)
    job_title = models.CharField(max_length=100, blank=True)
    service = models.ForeignKey(Service, models.SET_NULL, null=True, blank=True, related_name="people")
    is_staff = models.BooleanField("may open the admin site", default=False)
    is_active = models.BooleanField(
        "active",
        default=True,
        help_text="Untick instead of deleting, so that what the person did keeps its name",
    )
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    class Meta:
        ordering = ["email"]
        verbose_name, verbose_name_plural = "person", "people"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="havering_ofsted_user_email_any_case",
                violation_error_message="Somebody with this e-mail address has an account already",
            )
        ]

    def __str__(self):
        return self.job_title or self.full_name or self.email

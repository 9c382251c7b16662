import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from actionplan.models import Post, Service
from havering_ofsted.models import User


class UserFactory(DjangoModelFactory):
    """`group` is the name of the one group the user belongs to."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@havering.example")
    job_title = factory.Sequence(lambda n: f"Team Manager {n}")
    password = factory.django.Password("a long enough password")

    @factory.post_generation
    def group(self, create, name):
        if name:
            self.groups.add(Group.objects.get_or_create(name=name)[0])


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = Service

    name = factory.Sequence(lambda n: f"Service {n}")


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    title = factory.Sequence(lambda n: f"Head of Service {n}")

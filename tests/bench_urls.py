"""The product’s addresses and the floor: a bare view that reads one row by its key."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path

from actionplan.models import ActionPlan


@login_not_required
def floor(request):
    return HttpResponse(ActionPlan.objects.get(slug="ofsted-2016").name)


urlpatterns = [path("floor", floor), path("", include("havering_ofsted.urls"))]

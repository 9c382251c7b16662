from django.http import Http404


def current(request, **kwargs):
    raise Http404


def months(request, **kwargs):
    raise Http404


def month(request, **kwargs):
    raise Http404

from django.http import Http404


def newest(request, **kwargs):
    raise Http404


def grid(request, **kwargs):
    raise Http404


def export(request, **kwargs):
    raise Http404

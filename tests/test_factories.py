import pytest
from django.apps import apps

from tests.factories import FACTORIES

OURS = ["actionplan", "havering_ofsted", "kpis"]


def test_every_model_has_a_factory():
    models = {
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    }

    assert {made._meta.model for made in FACTORIES} == models


@pytest.mark.django_db
@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_factory_makes_rows_that_pass_their_own_checks(made):
    for row in made.create_batch(3):
        row.full_clean()

    assert made._meta.model.objects.count() >= 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "trait"),
    [(made, trait) for made in FACTORIES for trait in made._meta.parameters],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_factory_trait_makes_a_row_that_passes_its_own_checks(made, trait):
    row = made(**{trait: True})

    row.full_clean()

"""What every form carries that changes a record two people may change at once."""

from django import forms


class ClaimForm(forms.Form):
    """A form on a Versioned record. It posts the version it was drawn with."""

    version = forms.Field(widget=forms.HiddenInput, required=False)

    def clean_version(self):
        """A version that is missing or broken counts as an old one, so that nothing is overwritten."""
        text = self.cleaned_data["version"] or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

"""Django's account forms in the service's own words."""

from django.contrib.auth import forms

EMAIL = {
    "required": "Enter your e-mail address",
    "invalid": "Enter an e-mail address in the correct format, like name@example.gov.uk",
}
NEW_PASSWORD = {"new_password1": "Enter a new password", "new_password2": "Enter the new password again"}
MISMATCH = {"password_mismatch": "The two new passwords differ. Enter the same one twice"}


def _ask(form, words):
    """What each question says when it is left empty."""
    for name, required in words.items():
        form.fields[name].error_messages["required"] = required


class SignInForm(forms.AuthenticationForm):
    error_messages = {
        "invalid_login": "The e-mail address or the password is wrong. Capital letters count in the password",
        "inactive": "This account is closed. Ask the improvement team",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, {"username": EMAIL["required"], "password": "Enter your password"})


class PasswordResetForm(forms.PasswordResetForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages |= EMAIL


class SetPasswordForm(forms.SetPasswordForm):
    error_messages = MISMATCH

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, NEW_PASSWORD)


class PasswordChangeForm(forms.PasswordChangeForm):
    error_messages = MISMATCH | {"password_incorrect": "This is not your present password. Enter it again"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask(self, NEW_PASSWORD | {"old_password": "Enter your present password"})

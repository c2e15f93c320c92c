"""The form of the login page."""

from __future__ import annotations

from django import forms


class LoginForm(forms.Form):
    """Login name and password as typed; the union's code where staff numbers repeat."""

    username = forms.CharField(max_length=40)
    password = forms.CharField(max_length=200, strip=False)
    code = forms.CharField(max_length=40, required=False)

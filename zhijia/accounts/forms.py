"""The form of the login page."""

from __future__ import annotations

from django import forms


class LoginForm(forms.Form):
    """Login name and password as typed."""

    username = forms.CharField(
        label="登录名",
        max_length=40,
        help_text="工号或手机号",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label="口令",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

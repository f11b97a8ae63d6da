from django.urls import include, path

from accounts import oidc
from accounts.own_data import views as own_data
from accounts.sign_in.sessions import own_sessions
from accounts.views import check_password, preferences, remove_passkey, sign_in_by_passkey

urlpatterns = [
    path("preferences/", preferences, name="preferences"),
    path("accounts/password/check/", check_password, name="check-password"),
    path("accounts/data/", own_data.own_data, name="own-data"),
    path("accounts/data/download/", own_data.download_data, name="own-data-download"),
    path("accounts/data/delete/", own_data.delete_own_account, name="own-data-delete"),
    path("accounts/sessions/", own_sessions, name="own-sessions"),
    path("accounts/2fa/webauthn/login/", sign_in_by_passkey, name="sign-in-by-passkey"),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", remove_passkey, name="remove-passkey"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/connections/", include("allauth.socialaccount.urls")),
    # Before allauth's own, which it calls.
    path("accounts/oidc/<slug:provider_id>/login/", oidc.login, name="oidc-login"),
    path("accounts/oidc/<slug:provider_id>/login/callback/", oidc.callback, name="oidc-callback"),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("accounts/", include("allauth.account.urls")),
]

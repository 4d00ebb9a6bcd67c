"""One's own profile, and accounts in the administrator's hands."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts import actions
from thidua.base.accounts.forms import AccountFilter, EmailForm
from thidua.base.accounts.models import User
from thidua.base.accounts.requests import Request
from thidua.base.accounts.sessions import device, sessions_of
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt

PAGE_SIZE = 500


def _me(request: Request) -> User:
    user = request.actor.user
    assert user is not None  # only the signed-in reach these pages
    return user


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    """My account: address for notices, password, second factor, where I am signed in."""
    user = _me(request)
    form = EmailForm(request.POST or None, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if attempt(form, lambda: actions.edit_email(user=user, email=email, by=request.actor)):
            messages.success(request, "Đã lưu địa chỉ thư điện tử.")
            return redirect("accounts:profile")
    here = request.session.session_key
    rows = [(row, device(row.user_agent), row.session_key == here) for row in sessions_of(user)]
    return render(request, "accounts/profile.html", {"form": form, "sessions": rows})


@require_POST
def end_session(request: Request, pk: int) -> HttpResponse:
    """Sign out one of my sessions."""
    actions.end_session(user=_me(request), session=pk, by=request.actor)
    messages.success(request, "Đã đăng xuất phiên đó.")
    return redirect("accounts:profile")


@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """Sign out everywhere but here."""
    current = request.session.session_key or ""
    actions.end_other_sessions(user=_me(request), current=current, by=request.actor)
    messages.success(request, "Đã đăng xuất mọi phiên khác.")
    return redirect("accounts:profile")


@require_safe
def accounts(request: Request) -> HttpResponse:
    """All accounts, for the administrator."""
    allow(request.actor, "accounts.view_accounts")
    form = AccountFilter(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = User.objects.filter(Q(username__icontains=words) | Q(full_name__icontains=words))
    page = Paginator(found.order_by("username"), PAGE_SIZE).get_page(request.GET.get("trang"))
    return render(request, "accounts/accounts.html", {"form": form, "page": page})


@require_safe
def account(request: Request, pk: int) -> HttpResponse:
    """One account: reset its password, close or open it."""
    allow(request.actor, "accounts.view_accounts")
    user = get_object_or_404(User, pk=pk)
    return render(request, "accounts/account.html", {"account": user, "is_mine": user == request.actor.user})


@sensitive_variables("password")
@require_POST
def reset_password(request: Request, pk: int) -> HttpResponse:
    """A new first password, shown once."""
    user = get_object_or_404(User, pk=pk)
    password = actions.one_time_password()
    actions.reset_password(user=user, password=password, by=request.actor)
    response = render(request, "accounts/password_made.html", {"account": user, "password": password})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def switch_account(request: Request, pk: int) -> HttpResponse:
    """Close an account or open it again."""
    user = get_object_or_404(User, pk=pk)
    opened = request.POST.get("is_active") == "1"
    actions.switch_account(user=user, is_active=opened, by=request.actor)
    messages.success(request, "Đã mở lại tài khoản." if opened else "Đã khóa tài khoản.")
    return redirect("accounts:account", pk=pk)

"""Who is in a class: the list, roles, a list of names to add, leaving."""

from typing import Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.audit import AuditAction
from accounts.classrooms import invitations
from accounts.classrooms.members import LastInstructor, change_role, remove
from accounts.classrooms.starts import exam_of
from accounts.models import Classroom, Membership, Role
from accounts.staff import class_list
from runner.access import Action
from runner.classes.page import about, of_class, page_of, reader


@require_safe
@of_class(Action.SEE_MEMBERS)
def member_list(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """Those whose names contain `?q=`, instructors first."""
    wanted = request.GET.get("q", "").replace("\0", "")[:150]
    found = Membership.objects.filter(classroom=classroom, user__username__icontains=wanted)
    page = page_of(request, found.select_related("user").order_by("role", "user__username"))
    context = about(request, classroom) | {"page": page, "roles": Role.choices, "words": wanted}
    context["query"] = urlencode({"q": wanted}) + "&" if wanted else ""
    return render(request, "classes/members.html", context)


@require_POST
@of_class(Action.CHANGE_MEMBERS)
def change(request: HttpRequest, classroom: Classroom, member: int) -> HttpResponse:
    """`role`, or `do=remove`."""
    if not 0 < member < 2**63:
        raise Http404
    found = Membership.objects.filter(classroom=classroom, pk=member).select_related("user").first()
    if found is None:
        raise Http404
    last_may = reader(request).is_superuser
    try:
        if request.POST.get("do") == "remove":
            _record(request, classroom, found.user_id, "removed")
            remove(found, last_may=last_may)
        elif (role := request.POST.get("role", "")) in Role.values:
            _record(request, classroom, found.user_id, f"role {role}")
            change_role(found, Role(role), last_may=last_may)
    except LastInstructor:
        messages.error(request, _("A class keeps its last instructor. Name another one first."))
    return redirect("class-members", classroom.pk)


@require_POST
@of_class(Action.SEE_CLASS)
def leave(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """By oneself: not during an exam."""
    user = reader(request)
    found = Membership.objects.filter(classroom=classroom, user=user).first()
    if found is None:
        raise Http404
    if (exam := exam_of(user)) is not None and exam.pk == classroom.pk:
        messages.error(request, _("You are taking an exam in this class. You can leave it later."))
        return redirect("class", classroom.pk)
    try:
        remove(found)
    except LastInstructor:
        messages.error(request, _("A class keeps its last instructor. Name another one first."))
        return redirect("class", classroom.pk)
    return redirect("class-list")


class InviteForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("CSV file"), required=False)
    names = forms.CharField(
        label=gettext_lazy("or names, one a line"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy("name or name,email or name,email,first name,last name"),
    )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or {}
        text, file = fields.get("names", ""), fields.get("file")
        if (file.size if file else len(text.encode())) > class_list.MOST_BYTES:
            raise forms.ValidationError(_("This is too large to be a list of names."))
        if file:
            try:
                text = class_list.decoded(file.read())
            except class_list.NotText as error:
                problem = _("This file is not text. Save the list as “CSV UTF-8”.")
                raise forms.ValidationError(problem) from error
        if not text.strip():
            raise forms.ValidationError(_("The list is empty."))
        fields["text"] = text
        return fields


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@of_class(Action.CHANGE_MEMBERS)
def invite(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    """Members from a list. The report shows first passwords once: it is for printing."""
    if classroom.is_archived:
        messages.error(request, _("This class has ended: nobody joins it any more."))
        return redirect("class-members", classroom.pk)
    form = InviteForm(request.POST or None, request.FILES or None)
    lines: list[invitations.Line] = []
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="class_list", user=request.user):
            messages.error(request, _("There were many lists. Please wait five minutes."))
            return redirect("class-invite", classroom.pk)
        _record(request, classroom, None, "list of members")
        lines = invitations.invite(classroom, form.cleaned_data["text"])
    context = about(request, classroom) | {
        "form": form,
        "lines": lines,
        "has_passwords": any(line.password for line in lines),
        "most": invitations.MOST_NEW,
    }
    return render(request, "classes/invite.html", context)


def _record(request: HttpRequest, classroom: Classroom, subject: int | None, detail: str) -> None:
    audit.record(
        AuditAction.CHANGED_CLASS,
        actor_id=reader(request).pk,
        subject_id=subject,
        target=f"class {classroom.pk}",
        network=audit.network_of(request),
        detail=detail,
    )

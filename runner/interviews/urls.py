from django.urls import path

from runner.interviews import playback, results, templates, views

ONE = "interviews/<int:number>/"
TEMPLATES = "interviews/templates/"

urlpatterns = [
    path("interviews/", views.interview_list, name="interview-list"),
    path(ONE, views.interview_page, name="interview"),
    path(f"{ONE}timer/", views.timer, name="interview-timer"),
    path(f"{ONE}rating/", views.rate, name="interview-rating"),
    path(f"{ONE}links/", views.invite, name="interview-invite"),
    path(f"{ONE}links/<int:link>/", views.link, name="interview-link"),
    path(f"{ONE}candidates/<int:member>/", views.candidate, name="interview-candidate"),
    path(f"{ONE}interviewers/", views.interviewers, name="interview-people"),
    path(f"{ONE}delete/", views.delete, name="interview-delete"),
    path(f"{ONE}tests/", results.results, name="interview-results"),
    path(f"{ONE}tests/<int:test>/", results.run, name="interview-test"),
    path(f"{ONE}playback/", playback.playback_page, name="interview-playback"),
    path(f"{ONE}playback/story/", playback.story, name="interview-story"),
    path(f"{ONE}playback/updates/", playback.updates, name="interview-updates"),
    path(f"{ONE}playback/runs/<uuid:run>/", playback.cast, name="interview-cast"),
    path(TEMPLATES, templates.template_list, name="interview-templates"),
    path(f"{TEMPLATES}new/", templates.new_template, name="interview-template-new"),
    path(f"{TEMPLATES}<int:number>/", templates.edit_template, name="interview-template"),
    path(f"{TEMPLATES}<int:number>/copy/", templates.copy_template, name="interview-template-copy"),
    path(
        f"{TEMPLATES}<int:number>/delete/",
        templates.delete_template,
        name="interview-template-delete",
    ),
    path(f"{TEMPLATES}<int:number>/begin/", templates.begin, name="interview-begin"),
]

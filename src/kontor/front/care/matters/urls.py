from django.urls import path

from kontor.front.care.matters import more_views, views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/new/", more_views.new_matter, name="new_matter"),
    path("inbox/snippets/", more_views.snippets, name="snippets"),
    path("inbox/snippets/answer-time/", more_views.answer_time, name="answer_time"),
    path("inbox/snippets/<uuid:key>/", more_views.snippets, name="change_snippet"),
    path("inbox/snippets/<uuid:key>/drop/", more_views.drop_snippet, name="drop_snippet"),
    path("inbox/files/<uuid:file_id>/", views.file, name="matter_file"),
    path("inbox/<str:number>/", views.matter, name="matter"),
    path("inbox/<str:number>/claim/", views.claim, name="claim"),
    path("inbox/<str:number>/put-back/", views.put_back, name="put_back"),
    path("inbox/<str:number>/hand-over/", views.hand_over, name="hand_over"),
    path("inbox/<str:number>/sort/", views.sort, name="sort_matter"),
    path("inbox/<str:number>/close/", views.close, name="close_matter"),
    path("inbox/<str:number>/reopen/", views.reopen, name="reopen_matter"),
    path("inbox/<str:number>/wait/", views.wait, name="wait"),
    path("inbox/<str:number>/answer/", views.answer, name="answer"),
    path("inbox/<str:number>/draft/", views.draft, name="draft"),
    path("inbox/<str:number>/draft/drop/", views.drop_draft, name="drop_draft"),
    path("inbox/<str:number>/draft/files/", views.keep_files, name="draft_files"),
    path("inbox/<str:number>/draft/files/<uuid:file_id>/", views.draft_file, name="draft_file"),
    path("inbox/<str:number>/draft/files/<uuid:file_id>/drop/", views.drop_file, name="drop_draft_file"),
    path("inbox/<str:number>/note/", views.note, name="note"),
    path("inbox/<str:number>/merge/", views.merge, name="merge"),
    path("inbox/<str:number>/part/", views.part, name="part"),
    path("inbox/<str:number>/link/", views.link, name="link_matter"),
]

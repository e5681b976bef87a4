from django.urls import path

from kontor.front.care.voices import views

urlpatterns = [
    path("voices/", views.voices, name="voices"),
    path("voices/wish/", views.wish, name="wish"),
    path("voices/reviews/<uuid:review_id>/", views.decide, name="decide_review"),
]

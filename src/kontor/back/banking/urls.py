from django.urls import path

from kontor.back.banking import views

app_name = "banking"

urlpatterns = [
    path("", views.payments, name="list"),
    path("record/", views.record, name="record"),
    path("payments/<uuid:payment_id>/", views.payment, name="payment"),
    path("credits/<uuid:item_id>/", views.of_item, name="of_item"),
    path("credits/<uuid:item_id>/match/", views.match, name="match"),
    path("credits/<uuid:item_id>/refund/", views.ask, name="ask"),
    path("refunds/", views.refunds, name="refunds"),
    path("refunds/<uuid:refund_id>/", views.refund, name="refund"),
    path("refunds/<uuid:refund_id>/approve/", views.approve, name="approve"),
    path("refunds/<uuid:refund_id>/decline/", views.decline, name="decline"),
    path("online/", views.online, name="online"),
    path("online/messages/", views.messages, name="messages"),
]

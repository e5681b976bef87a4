from django.urls import path

from kontor.back.administration.offerings import shelf_views, synonym_views, views

urlpatterns = [
    path("", views.offerings, name="offerings"),
    path("new/", views.new_offering, name="new_offering"),
    path("sale/", views.sale_of_many, name="sale_of_many"),
    path("categories/", shelf_views.categories, name="categories"),
    path("categories/<slug:slug>/", shelf_views.category, name="category"),
    path("categories/<slug:slug>/move/", shelf_views.move, name="move_category"),
    path("categories/<slug:slug>/remove/", shelf_views.remove, name="remove_category"),
    path("groups/", shelf_views.groups, name="customer_groups"),
    path("groups/<slug:code>/", shelf_views.group, name="customer_group"),
    path("groups/<slug:code>/leave/", shelf_views.leave, name="leave_customer_group"),
    path("synonyms/", synonym_views.synonyms, name="synonyms"),
    path("synonyms/<uuid:key>/", synonym_views.synonym_group, name="synonym_group"),
    path("synonyms/<uuid:key>/remove/", synonym_views.remove_synonyms, name="remove_synonyms"),
    path("pictures/<str:name>", views.picture, name="picture"),
    path("articles/<str:number>/", views.offering, name="offering"),
    path("articles/<str:number>/sale/", views.sale, name="offering_sale"),
    path("articles/<str:number>/prices/", views.price, name="offering_price"),
    path("articles/<str:number>/prices/end/", views.end_price, name="end_offering_price"),
    path("articles/<str:number>/pictures/", views.pictures, name="offering_pictures"),
    path("articles/<str:number>/variants/", views.variant, name="offering_variant"),
    path("articles/<str:number>/opening/", views.opening, name="offering_opening"),
]

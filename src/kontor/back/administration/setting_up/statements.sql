-- name: standing_of_the_set_up
SELECT (SELECT count(*) FROM parties_place WHERE closed_at IS NULL) AS places,
       (SELECT count(DISTINCT place_id) FROM parties_openingspan) AS places_with_hours,
       (SELECT count(*) FROM actor_staffaccount WHERE is_active) AS logins,
       (SELECT count(*) FROM orders_shippingmethod) AS shipping_methods,
       (SELECT count(*) FROM (SELECT 1 FROM catalogue_offering WHERE kind <> 'service' LIMIT 1000) o) AS offerings,
       (SELECT count(*) FROM (SELECT 1 FROM catalogue_storefrontgroup LIMIT 1000) s) AS on_sale,
       (SELECT count(*) FROM (SELECT 1 FROM warehouse_onhand WHERE quantity > 0 LIMIT 1000) w) AS stocked,
       (SELECT count(*) FROM (SELECT 1 FROM orders_order LIMIT 1000) o) AS orders,
       (SELECT count(*) FROM (SELECT 1 FROM logistics_shipment LIMIT 1000) s) AS shipments,
       (SELECT count(*) FROM (SELECT 1 FROM invoicing_invoice LIMIT 1000) i) AS invoices,
       (SELECT count(*) FROM (SELECT 1 FROM ledger_entry LIMIT 1000) e) AS entries

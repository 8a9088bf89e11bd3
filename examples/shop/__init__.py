"""A small web shop: storefront, accounts, payments and shipping."""

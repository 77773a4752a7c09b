-- The program now records a delivery in a transaction of its own, so that all of its steps are in one place.
drop trigger delivered;
drop trigger delivered_again;
drop view delivery;

-- What follows from a delivery is a transaction in the program now, where it can be read in one piece.
drop trigger delivered;
drop trigger delivered_again;
drop view delivery;

-- Why the sink refused the event: the server's words, where it has any.
alter table dead_letter rename column words to reason;

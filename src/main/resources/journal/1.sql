create table event (
    id integer primary key autoincrement, -- the order of acceptance; never used twice
    event_id text not null,
    camera text,
    time text,
    accepted integer not null,            -- milliseconds on the journal's own clock, see JournalClock
    size integer not null,                -- bytes of json
    json text not null
);

create table cursor (
    sink text primary key,
    last_id integer not null,             -- all events up to here are delivered, dead letters or dropped
    active integer not null default 1,    -- whether a route drains it in the current run
    dropped integer not null default 0,   -- events that the caps took before this sink had them
    last_error text                       -- null while it works
);

create table dead_letter (
    id integer primary key autoincrement,
    sink text not null,
    event_id text not null,
    words text,                           -- the server's
    time text not null,
    json text not null
);

create index dead_letter_sink on dead_letter (sink);

create table state (
    key text primary key,
    value integer not null
);
insert into state values ('clock', 0), ('clean', 1);

-- Inserting here moves a sink's cursor and keeps what it rejected ({"event id": "words", …}), all in one statement.
create view delivery as select sink, last_id, null as rejected from cursor;

create trigger delivered instead of insert on delivery begin
    insert into dead_letter (sink, event_id, words, time, json)
        select new.sink, event.event_id, refusal.value, strftime('%Y-%m-%dT%H:%M:%fZ'), event.json
        from event join json_each(new.rejected) refusal on refusal.key = event.event_id
        where event.id > (select last_id from cursor where sink = new.sink) and event.id <= new.last_id
        order by event.id;
    update cursor set last_id = new.last_id, last_error = null where sink = new.sink and last_id < new.last_id;
end;

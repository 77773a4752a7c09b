create table event (
    id integer primary key autoincrement, -- in the order of acceptance; never reused
    event_id text not null,
    camera text,
    time text,
    accepted integer not null,            -- milliseconds of the journal's own clock, see JournalClock
    size integer not null,                -- size of json in bytes
    json text not null
);

create table cursor (
    sink text primary key,
    last_id integer not null,             -- all events up to this id are delivered, dead-lettered or dropped
    active integer not null default 1,    -- 1: a route reads this cursor in the current run
    dropped integer not null default 0,   -- events that the size and age caps removed before delivery
    last_error text                       -- null while the sink works
);

create table dead_letter (
    id integer primary key autoincrement,
    sink text not null,
    event_id text not null,
    words text,                           -- the reason that the server gave
    time text not null,
    json text not null
);

create index dead_letter_sink on dead_letter (sink);

create table state (
    key text primary key,
    value integer not null
);
insert into state values ('clock', 0), ('clean', 1);

-- An insert here moves a sink's cursor and stores the events that it rejected ({"event id": "reason", …}), atomically.
create view delivery as select sink, last_id, null as rejected from cursor;

create trigger delivered instead of insert on delivery begin
    insert into dead_letter (sink, event_id, words, time, json)
        select new.sink, event.event_id, refusal.value, strftime('%Y-%m-%dT%H:%M:%fZ'), event.json
        from event join json_each(new.rejected) refusal on refusal.key = event.event_id
        where event.id > (select last_id from cursor where sink = new.sink) and event.id <= new.last_id
        order by event.id;
    update cursor set last_id = new.last_id, last_error = null where sink = new.sink and last_id < new.last_id;
end;

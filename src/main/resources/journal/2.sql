-- A span of events that a sink gets again: no copy of them, so what the caps take meanwhile is not replayed.
create table replay (
    id integer primary key autoincrement, -- their order; never used twice
    sink text not null,
    since text not null,                  -- the events' own time: not before this, …
    until text not null,                  -- … and before this, both as strftime('%Y-%m-%dT%H:%M:%fZ') writes them
    done integer not null,                -- all events up to here are delivered again
    last integer not null,                -- the last that was there when the replay was asked for
    events integer not null               -- how many are left
);

-- What is left of each replay.
create view replayable as
    select replay.id as replay, event.id, event.event_id, event.json
    from replay join event on event.id > replay.done and event.id <= replay.last
    where strftime('%Y-%m-%dT%H:%M:%fZ', event.time) >= replay.since
        and strftime('%Y-%m-%dT%H:%M:%fZ', event.time) < replay.until;

alter table dead_letter add column retry integer not null default 0; -- 1: the sink gets it again

drop index dead_letter_sink;
create index dead_letter_event on dead_letter (sink, event_id);
create index dead_letter_retry on dead_letter (sink, id) where retry = 1;

-- Inserting here says that a sink took a batch: of which kind, new, replay or retry; of which replay; the numbers of its
-- rows, [1, 2, …]; and what the sink rejected, {"row's number": "words", …}. All that follows from it is one statement.
-- Rows are named by their numbers throughout: a sink may reject whole batches, and frames wait for this statement.
drop view delivery;
create view delivery as
    select sink, 'new' as kind, 0 as replay, '[]' as ids, '{}' as rejected from cursor;

create trigger delivered instead of insert on delivery when new.kind in ('new', 'replay') begin
    -- An event stands among a sink's dead letters once.
    delete from dead_letter where sink = new.sink and event_id in (
        select event.event_id from json_each(new.rejected) refusal
            cross join event on event.id = cast(refusal.key as integer));
    insert into dead_letter (sink, event_id, words, time, json)
        select new.sink, event.event_id, refusal.value, strftime('%Y-%m-%dT%H:%M:%fZ'), event.json
        from json_each(new.rejected) refusal cross join event on event.id = cast(refusal.key as integer)
        order by event.id;
    update cursor set last_id = max(last_id, (select max(value) from json_each(new.ids)))
        where sink = new.sink and new.kind = 'new';
    -- The caps may have taken the first of the batch, and counted them, while it was under way.
    update replay set
            events = events - (select count(*) from json_each(new.ids) where value > replay.done),
            done = max(done, (select max(value) from json_each(new.ids)))
        where id = new.replay;
    delete from replay
        where id = new.replay and not exists (select 1 from replayable where replayable.replay = new.replay);
end;

create trigger delivered_again instead of insert on delivery when new.kind = 'retry' begin
    delete from dead_letter
        where id in (select value from json_each(new.ids))
            and id not in (select cast(key as integer) from json_each(new.rejected));
    update dead_letter set words = refusal.value, time = strftime('%Y-%m-%dT%H:%M:%fZ'), retry = 0
        from json_each(new.rejected) refusal
        where dead_letter.id = cast(refusal.key as integer);
end;

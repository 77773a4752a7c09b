-- A range of events that a sink receives again. Events are not copied, so those that the caps remove meanwhile are not
-- replayed.
create table replay (
    id integer primary key autoincrement, -- in the order of the requests; never reused
    sink text not null,
    since text not null,                  -- start of the range of event times, inclusive
    until text not null,                  -- end of the range, exclusive; both as strftime('%Y-%m-%dT%H:%M:%fZ')
    done integer not null,                -- all events up to this id have been delivered again
    last integer not null,                -- the id of the last event in the range
    events integer not null               -- how many events are left
);

-- The remaining events of each replay.
create view replayable as
    select replay.id as replay, event.id, event.event_id, event.json
    from replay join event on event.id > replay.done and event.id <= replay.last
    where strftime('%Y-%m-%dT%H:%M:%fZ', event.time) >= replay.since
        and strftime('%Y-%m-%dT%H:%M:%fZ', event.time) < replay.until;

alter table dead_letter add column retry integer not null default 0; -- 1: to be delivered to the sink again

drop index dead_letter_sink;
create index dead_letter_event on dead_letter (sink, event_id);
create index dead_letter_retry on dead_letter (sink, id) where retry = 1;

-- An insert here records that a sink has processed a batch: its kind (new, replay or retry), the id of the replay, the ids
-- of its rows ([1, 2, …]), and the rows that the sink rejected ({"row id": "reason", …}). All consequences are atomic.
-- Rows are identified by id, which is fast: a sink may reject whole batches, and frames wait for this statement.
drop view delivery;
create view delivery as
    select sink, 'new' as kind, 0 as replay, '[]' as ids, '{}' as rejected from cursor;

create trigger delivered instead of insert on delivery when new.kind in ('new', 'replay') begin
    -- A sink has at most one dead letter for an event.
    delete from dead_letter where sink = new.sink and event_id in (
        select event.event_id from json_each(new.rejected) refusal
            cross join event on event.id = cast(refusal.key as integer));
    insert into dead_letter (sink, event_id, words, time, json)
        select new.sink, event.event_id, refusal.value, strftime('%Y-%m-%dT%H:%M:%fZ'), event.json
        from json_each(new.rejected) refusal cross join event on event.id = cast(refusal.key as integer)
        order by event.id;
    update cursor set last_id = max(last_id, (select max(value) from json_each(new.ids)))
        where sink = new.sink and new.kind = 'new';
    -- While the batch was in flight, the caps may have removed and counted its first events.
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

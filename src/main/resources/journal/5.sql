-- How many objects the events had, summed by minute and by hour. The sums outlive the events, which the caps drop.
--   seconds: the length of the bucket, 60 or 3600
--   start:   its beginning in seconds of Unix time, by the events' own time
--   frames:  how many events had a count of this label
--   total:   the sum of these counts
--   most:    the largest of them
--   touched: when it was last added to, in milliseconds of the journal's own clock
create table label_count (
    seconds integer not null,
    start integer not null,
    camera text not null,
    label text not null,
    frames integer not null,
    total integer not null,
    most integer not null,
    touched integer not null,
    primary key (seconds, start, camera, label)
) without rowid;

-- All events up to this id are in label_count.
insert into state values ('counted', 0);

-- Events up to this id were accepted before the sink was added.
alter table cursor add column first_id integer not null default 0;

-- 1: a user has paused the sink in the current run.
alter table cursor add column paused integer not null default 0;

package dev.wayside.matrix;

import java.time.Duration;
import java.util.Locale;

/** What goes wrong while events come. */
enum Fault {
    NONE((trial, scale) -> {}),
    OUTAGE_OF_MQTT((trial, scale) -> trial.outage(outage(scale), trial.target("mqtt"))),
    OUTAGE_OF_INFLUXDB((trial, scale) -> trial.outage(outage(scale), trial.target("influxdb"))),
    OUTAGE_OF_ELASTICSEARCH((trial, scale) -> trial.outage(outage(scale), trial.target("elasticsearch"))),
    OUTAGE_OF_AWS_IOT((trial, scale) -> trial.outage(outage(scale), trial.target("aws-iot"))),
    OUTAGE_OF_ALL((trial, scale) -> trial.outage(outage(scale), trial.all())),
    HALF_OPEN((trial, scale) -> {
        trial.live().forEach(target -> target.proxy().swallow());
        Trial.letPass(outage(scale));
        trial.live().forEach(target -> target.proxy().restore());
    }),
    SLOW((trial, scale) -> {
        trial.live().forEach(target -> target.proxy().slow(Duration.ofMillis(30)));
        Trial.letPass(outage(scale));
        trial.live().forEach(target -> target.proxy().restore());
    }),
    RESTART_OF_THE_SERVERS((trial, scale) -> trial.live().forEach(Target::restart)),
    ONE_DEAD_ALL_THE_TIME((trial, scale) -> trial.takeAwayForGood(trial.target("elasticsearch"))),
    KILL_5_TIMES((trial, scale) -> {
        for (int i = 0; i < 5; i++) {
            Trial.letPass(Duration.ofMillis(400));
            trial.kill();
            trial.start();
        }
    }),
    KILL_WHILE_DRAINING((trial, scale) -> {
        trial.live().forEach(target -> target.proxy().refuse());
        Trial.letPass(outage(scale));
        trial.kill();
        trial.start();
        trial.live().forEach(target -> {
            target.proxy().restore();
            target.proxy().slow(Duration.ofMillis(30));
        });
        trial.awaitDraining(trial.target("mqtt"));
        trial.kill();
        trial.live().forEach(target -> target.proxy().restore());
        trial.start();
    }),
    POWER_CUT((trial, scale) -> {
        for (int i = 0; i < 2 * scale; i++) {
            trial.cutThePower(false);
            trial.start();
        }
    }),
    TORN_TAIL((trial, scale) -> {
        for (int i = 0; i < scale; i++) {
            trial.cutThePower(true);
            trial.start();
        }
    }),
    DISK_FULL((trial, scale) -> trial.fillTheDisk(outage(scale))),
    SIGTERM_MID_BATCH((trial, scale) -> {
        trial.live().forEach(target -> target.proxy().slow(Duration.ofMillis(30)));
        trial.awaitDraining(trial.target("mqtt"));
        trial.terminate();
        trial.live().forEach(target -> target.proxy().restore());
        trial.start();
    }),
    REFUSAL_INSIDE_A_SPLIT(SinkShape.SPLIT, Fault::outageOfInfluxDb),
    REFUSAL_IN_A_MULTICAST(SinkShape.MULTICAST, Fault::outageOfInfluxDb),
    TWO_SINKS_IN_ONE_ROUTE(SinkShape.TWO_SINKS, Fault::outageOfInfluxDb),
    BUSY_MACHINE((trial, scale) -> Trial.keepBusy(outage(scale)));

    private final SinkShape shape;
    private final Strike strike;

    Fault(Strike strike) {
        this(SinkShape.AS_SHIPPED, strike);
    }

    Fault(SinkShape shape, Strike strike) {
        this.shape = shape;
        this.strike = strike;
    }

    private static void outageOfInfluxDb(Trial trial, int scale) {
        trial.outage(outage(scale), trial.target("influxdb"));
    }

    /** What the sinks' routes look like. */
    SinkShape shape() {
        return shape;
    }

    /** Whether InfluxDB is given events, among the others, that it must refuse. */
    boolean refuses() {
        return shape != SinkShape.AS_SHIPPED;
    }

    /** Does it; when it returns, it is over. */
    void strike(Trial trial, int scale) throws Exception {
        strike.accept(trial, scale);
    }

    /** The device of its events, and its name in the table. */
    String device() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How long something is away. */
    static Duration outage(int scale) {
        return Duration.ofSeconds(scale == 1 ? 2 : 3L * scale);
    }

    private interface Strike {
        void accept(Trial trial, int scale) throws Exception;
    }
}

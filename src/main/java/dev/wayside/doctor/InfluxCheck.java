package dev.wayside.doctor;

import dev.wayside.config.InfluxKeys;
import dev.wayside.config.Settings;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.influxdb.InfluxConnection;
import dev.wayside.influxdb.TrialWrite;
import dev.wayside.net.Tls;
import java.io.IOException;

/**
 * Writes a point to InfluxDB as the sink does, into a measurement of its own, and removes it again.
 *
 * @param subject whose database is checked
 */
record InfluxCheck(Subject subject) implements Check {
    @Override
    public String name() {
        return InfluxKeys.SINK;
    }

    @Override
    public void run(Findings findings) {
        Settings settings = subject.settings();
        if (!settings.get(InfluxKeys.ENABLED)) {
            return;
        }
        Tls tls = Tls.DEFAULT.withCaFile(settings.get(InfluxKeys.CA_FILE));
        if (!new ServerCheck(name(), settings.get(InfluxKeys.URL), tls, "", subject.clock()).passes(findings)) {
            return;
        }
        String check = name() + " write";
        try (InfluxConnection connection =
                new InfluxConnection(settings.get(InfluxKeys.URL).toString())) {
            connection.setUsername(settings.get(InfluxKeys.USERNAME));
            connection.setPassword(settings.get(InfluxKeys.PASSWORD));
            connection.setPasswordFile(settings.get(InfluxKeys.PASSWORD_FILE));
            connection.setCaFile(settings.get(InfluxKeys.CA_FILE));
            connection.start();
            TrialWrite trial = new TrialWrite(
                    connection, settings.get(InfluxKeys.DATABASE), settings.get(InfluxKeys.RETENTION_POLICY));
            trial.setCreate(settings.get(InfluxKeys.CREATE));
            findings.ok(check, trial.run(subject.clock().instant()));
        } catch (InvalidInputException e) {
            findings.problem(check, e.getMessage());
        } catch (IOException e) {
            findings.problem(
                    check,
                    Advice.append(
                            e.getMessage(),
                            InfluxKeys.USERNAME + " and " + InfluxKeys.PASSWORD_FILE,
                            "allow this user to write to the database " + settings.get(InfluxKeys.DATABASE)
                                    + ", and to create it if it does not exist"));
        }
    }
}

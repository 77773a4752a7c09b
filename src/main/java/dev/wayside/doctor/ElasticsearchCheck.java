package dev.wayside.doctor;

import dev.wayside.config.ElasticsearchKeys;
import dev.wayside.config.Settings;
import dev.wayside.elasticsearch.ElasticsearchConnection;
import dev.wayside.elasticsearch.TrialWrite;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.net.Tls;
import java.io.IOException;

/**
 * Asks Elasticsearch for its version and for what this user may do; without its security, writes a document and removes
 * it again.
 *
 * @param subject whose index is checked
 */
record ElasticsearchCheck(Subject subject) implements Check {
    @Override
    public String name() {
        return ElasticsearchKeys.SINK;
    }

    @Override
    public void run(Findings findings) {
        Settings settings = subject.settings();
        if (!settings.get(ElasticsearchKeys.ENABLED)) {
            return;
        }
        Tls tls = Tls.DEFAULT.withCaFile(settings.get(ElasticsearchKeys.CA_FILE));
        if (!new ServerCheck(name(), settings.get(ElasticsearchKeys.URL), tls, "", subject.clock()).passes(findings)) {
            return;
        }
        String check = name() + " write";
        try {
            TrialWrite trial = new TrialWrite(
                    connection(settings),
                    settings.get(ElasticsearchKeys.INDEX),
                    settings.get(ElasticsearchKeys.INSTALL_TEMPLATE));
            findings.ok(check, trial.run(subject.clock().instant()));
        } catch (InvalidInputException e) {
            findings.problem(check, e.getMessage());
        } catch (IOException e) {
            findings.problem(
                    check,
                    Advice.append(
                            e.getMessage(),
                            ElasticsearchKeys.USERNAME + ", " + ElasticsearchKeys.PASSWORD_FILE + " and "
                                    + ElasticsearchKeys.API_KEY_FILE,
                            "give this user the privileges that docs/sinks.md names"));
        }
    }

    private static ElasticsearchConnection connection(Settings settings) {
        ElasticsearchConnection connection =
                new ElasticsearchConnection(settings.get(ElasticsearchKeys.URL).toString());
        connection.setApiKey(settings.get(ElasticsearchKeys.API_KEY));
        connection.setApiKeyFile(settings.get(ElasticsearchKeys.API_KEY_FILE));
        connection.setUsername(settings.get(ElasticsearchKeys.USERNAME));
        connection.setPassword(settings.get(ElasticsearchKeys.PASSWORD));
        connection.setPasswordFile(settings.get(ElasticsearchKeys.PASSWORD_FILE));
        connection.setCaFile(settings.get(ElasticsearchKeys.CA_FILE));
        return connection;
    }
}

package dev.wayside.access;

import dev.wayside.failure.InvalidInputException;
import dev.wayside.web.ServerRouter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Camel's HTTP server with a guard in front of everything that any part serves. On the loopback interface the page
 * asks for a password if one is set; on any other address it always does, and makes one at the first start.
 *
 * <p>Bind it in Camel's registry before Camel is configured: camel-main takes its server from there.
 */
public final class PageAccess implements MainHttpServerFactory, GuardedServer.Listener {
    private static final Logger log = LoggerFactory.getLogger(PageAccess.class);
    private static final long CHECK_MILLIS = 2000;

    private final AccessSettings settings;
    private final Consumer<String> console;
    private final MainHttpServerFactory camel = new DefaultMainHttpServerFactory();
    private final SecureRandom random = new SecureRandom();
    private final PasswordCheck password = new PasswordCheck(new LoginLimit(System::nanoTime), random);
    private final Optional<ServerCertificate> certificate;

    private InetAddress bind;
    private int port;
    private Vertx vertx;
    private Sessions sessions;
    private WatchedFiles passwordFiles;
    private WatchedFiles certificateFiles;
    private long check;
    private String refusedPassword;

    /**
     * @param settings how the page is protected
     * @param console shows a new password, which no log may contain
     */
    public PageAccess(AccessSettings settings, Consumer<String> console) {
        this.settings = settings;
        this.console = console;
        this.certificate = settings.hasCertificate()
                ? Optional.of(new ServerCertificate(settings.certificateFile(), settings.keyFile()))
                : Optional.empty();
    }

    /**
     * Whether the client has shown the password, or no password is set. Behind the guard this is false only for the health
     * checks, which must not tell strangers more than a bare status.
     */
    public static boolean isTrusted(RoutingContext request) {
        return Guard.isTrusted(request);
    }

    /**
     * {@inheritDoc}
     *
     * @throws InvalidInputException if the password or the certificate cannot be read; the message says why
     */
    @Override
    public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties configuration) {
        MainHttpServer configured = (MainHttpServer) camel.newHttpServer(context, configuration);
        try {
            bind = InetAddress.getByName(configured.getHost());
        } catch (UnknownHostException e) {
            throw new InvalidInputException("http.host is '" + settings.host() + "', which is no address here.", e);
        }
        port = configured.getPort();
        // Files that change from now on are read again.
        passwordFiles = new WatchedFiles(List.of(settings.passwordFile().orElse(settings.hashFile())));
        certificateFiles =
                new WatchedFiles(certificate.map(ServerCertificate::files).orElse(List.of()));
        password.require(initialPassword().orElse(null));
        certificate.ifPresent(tls -> configured.setSslContextParameters(tls.parameters()));
        if (!bind.isLoopbackAddress() && certificate.isEmpty()) {
            log.info(
                    "The page is not encrypted. Where others can listen in, set http.certificate-file and http.key-file");
        }
        return new GuardedServer(configured, this);
    }

    private Optional<PagePassword> initialPassword() {
        Optional<PagePassword> set = PagePassword.read(settings);
        if (set.isPresent() || bind.isLoopbackAddress()) {
            return set;
        }
        String made = NewPassword.random();
        new PasswordFile(settings.hashFile()).set(made);
        passwordFiles.changed();
        console.accept("The page on http.host=" + settings.host() + " needs a password. This one is new, and shown only"
                + " now:\n\n    user " + PasswordCheck.USER + ", password " + made
                + "\n\n./wayside password changes it.");
        return PagePassword.read(settings);
    }

    /** A second server would have no guard. */
    @Override
    public Service newHttpManagementServer(
            CamelContext context, HttpManagementServerConfigurationProperties configuration) {
        if (configuration.getPort() != port) {
            throw new InvalidInputException("camel.management.port is " + configuration.getPort()
                    + ", where no password would protect it; it must be " + port + ", the port of the page.");
        }
        return camel.newHttpManagementServer(context, configuration);
    }

    @Override
    public void beforeListening(Vertx vertx, Router router) {
        this.vertx = vertx;
        boolean secure = settings.hasCertificate();
        sessions = new Sessions(vertx, port, secure, settings.sessionTimeout());
        AllowedHosts hosts = new AllowedHosts(bind, settings.host(), settings.machine(), settings.names());
        new Guard(vertx, hosts, password, sessions, new ChangeToken(port, random, secure)).mount(router);
        ServerRouter.guarded(router);
    }

    @Override
    public void listening(Vertx vertx, HttpServer server) {
        check = vertx.setPeriodic(
                CHECK_MILLIS,
                tick -> vertx.executeBlocking(
                        () -> {
                            check(server);
                            return server;
                        },
                        true));
    }

    private synchronized void check(HttpServer server) {
        // What cannot be used now may be soon: its owner or its permissions can change after it was written.
        if (passwordFiles.changed() || refusedPassword != null) {
            rereadPassword();
        }
        boolean changed = certificateFiles.changed();
        certificate.filter(tls -> changed || tls.isRefused()).ifPresent(tls -> tls.reload(server));
        sessions.endExpired();
    }

    /** A file that cannot be used does not open the page: the former password stays. */
    private void rereadPassword() {
        try {
            Optional<PagePassword> set = PagePassword.read(settings);
            refusedPassword = null;
            if (set.isEmpty() && password.isRequired()) {
                log.warn(
                        "{} is gone; the page keeps asking for the password until the next start", settings.hashFile());
            } else if (set.isPresent() && password.replace(set.get())) {
                log.info("The page has a new password; everyone must log in again");
                sessions.endAll();
            }
        } catch (InvalidInputException e) {
            if (!e.getMessage().equals(refusedPassword)) {
                log.warn("The page keeps its password: {}", e.getMessage());
            }
            refusedPassword = e.getMessage();
        }
    }

    @Override
    public void stopping() {
        if (vertx != null) {
            vertx.cancelTimer(check);
            sessions.close();
        }
        password.close();
    }

    /** How many responses are being sent. */
    int openResponses() {
        return sessions.openResponses();
    }

    /** How to log in; empty if the page asks for no password. */
    public Optional<String> loginHint() {
        return password.isRequired()
                ? Optional.of("The page asks for a password; the user is " + PasswordCheck.USER + ". "
                        + settings.passwordFile()
                                .map(file -> "The password is in " + file + ".")
                                .orElse("./wayside password sets a new one."))
                : Optional.empty();
    }

    /** Whether the page asks for a password, and how its certificate is; no secrets. */
    public Map<String, Object> status() {
        Map<String, Object> status = new TreeMap<>();
        status.put("password", password.isRequired());
        certificate.ifPresent(tls -> status.putAll(tls.status()));
        return status;
    }
}

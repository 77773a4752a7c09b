package dev.wayside.access;

import dev.wayside.failure.Causes;
import dev.wayside.web.ErrorResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FormLoginHandler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The login and the logout of people, with or without JavaScript, and the answers to those who are not logged in. */
final class LoginForms {
    private static final String NEXT = "next";

    private final PasswordCheck password;
    private final Sessions sessions;
    private final ChangeToken token;
    private final GuardPages pages = new GuardPages();

    LoginForms(PasswordCheck password, Sessions sessions, ChangeToken token) {
        this.password = password;
        this.sessions = sessions;
        this.token = token;
    }

    void showLogin(RoutingContext request) {
        if (!isRead(request)) {
            request.next();
        } else if (Guard.isTrusted(request)) {
            request.redirect(next(request));
        } else {
            show(request, 200, "");
        }
    }

    private void show(RoutingContext request, int status, String message) {
        token.give(request, "");
        pages.login(request, status, message, next(request), token.of(""));
    }

    /** Starts a session with a new id, if the password is right. */
    void login(RoutingContext request) {
        if (!password.isRequired()) {
            request.redirect(next(request));
            return;
        }
        FormLoginHandler.create(
                        password.of(Guard.client(request), request.vertx()),
                        "username",
                        "password",
                        NEXT,
                        next(request))
                .handle(request);
    }

    void showLogout(RoutingContext request) {
        if (!isRead(request)) {
            request.next();
        } else if (Sessions.id(request).isEmpty()) {
            request.redirect("/");
        } else {
            pages.logout(request, token.of(Sessions.id(request)));
        }
    }

    void logout(RoutingContext request) {
        if (!Sessions.id(request).isEmpty()) {
            sessions.end(request);
        }
        request.redirect(Guard.LOGIN);
    }

    /** Sends people to the login, and tells programs what is missing. */
    void askForLogin(RoutingContext request) {
        String path = request.request().uri();
        if (isRead(request) && ErrorResponse.isNavigation(request)) {
            boolean start = path.equals("/") || !path.startsWith("/");
            request.redirect(
                    start
                            ? Guard.LOGIN
                            : Guard.LOGIN + "?" + NEXT + "=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
            return;
        }
        // A browser would ask for the password itself, in a window that no page can close.
        if (!isBrowser(request)) {
            request.response().putHeader("WWW-Authenticate", "Basic realm=\"Wayside\", charset=\"UTF-8\"");
        }
        ErrorResponse.send(
                request,
                401,
                "This needs the password: open " + Guard.LOGIN + " in a browser, or send the user " + PasswordCheck.USER
                        + " and the password with Basic authentication.");
    }

    /** Answers a password that Vert.x' handlers did not accept. */
    void refused(RoutingContext request) {
        Optional<TooManyAttemptsException> tooMany = Causes.first(request.failure(), TooManyAttemptsException.class);
        int status = tooMany.isPresent() ? 429 : request.statusCode();
        String sentence =
                switch (status) {
                    case 429 ->
                        "Too many attempts. Try again in " + tooMany.get().seconds() + " s.";
                    case 401 -> "The password is wrong.";
                    case 413 -> "This form is too large.";
                    case 400 -> "This request is not complete.";
                    default -> "This request failed.";
                };
        tooMany.ifPresent(wait -> request.response().putHeader("Retry-After", String.valueOf(wait.seconds())));
        if (request.normalizedPath().equals(Guard.LOGIN) && ErrorResponse.isNavigation(request)) {
            show(request, status, sentence);
        } else {
            ErrorResponse.send(request, status, sentence);
        }
    }

    private static boolean isRead(RoutingContext request) {
        return request.request().method() == HttpMethod.GET || request.request().method() == HttpMethod.HEAD;
    }

    private static boolean isBrowser(RoutingContext request) {
        String agent = request.request().getHeader("User-Agent");
        return agent != null && agent.startsWith("Mozilla/");
    }

    /** Where to go after the login: a path of this server only. */
    private static String next(RoutingContext request) {
        String asked = request.queryParams().get(NEXT);
        boolean own = asked != null
                && asked.matches("/(?![/\\\\])[!-~&&[^\\\\\"<>]]*")
                && !asked.startsWith(Guard.LOGIN)
                && !asked.startsWith(Guard.LOGOUT);
        return own ? asked : "/";
    }
}

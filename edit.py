import re,os
p='net/InputFile.java'; s=open(p).read()
s=s.replace('''        String text = new String(bytes(file, content), StandardCharsets.UTF_8);
        if (text.indexOf('\\0') >= 0) {
''','''        byte[] bytes = bytes(file, content);
        if (isUtf16(bytes)) {
''')
s=s.replace('''        return text.startsWith(BYTE''','''        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith(BYTE''')
s=s.replace('''    /**
     * What a file holds.''','''    /** By its byte order mark, or by the half of its first character that is zero. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        boolean marked = bytes[0] == -1 && bytes[1] == -2 || bytes[0] == -2 && bytes[1] == -1;
        return marked || (bytes[0] == 0) != (bytes[1] == 0);
    }

    /**
     * What a file holds.''')
open(p,'w').write(s)
p='net/Binary.java'; s=open(p).read()
a=s.index('        boolean text = new'); b=s.index('        for (int i = 0; i < VERSION')
s=s[:a]+'''        int start = contentOfSequence(bytes);
        if (start < 0) {
            return Optional.empty();
        }
'''+s[b:]
s=s.replace('''    String words() {''','''    /** Where the content of a DER sequence begins that is the whole file; -1 for anything else. */
    private static int contentOfSequence(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != SEQUENCE) {
            return -1;
        }
        int first = bytes[1] & 0xff;
        int digits = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
        if (digits > 3 || bytes.length < 2 + digits) {
            return -1;
        }
        int length = digits == 0 ? first : 0;
        for (int i = 0; i < digits; i++) {
            length = length << 8 | bytes[2 + i] & 0xff;
        }
        return 2 + digits + length == bytes.length ? 2 + digits : -1;
    }

    String words() {''')
s=s.replace('import java.nio.charset.StandardCharsets;\n','')
open(p,'w').write(s)

p='store/HttpAccess.java'; s=open(p).read()
s=s.replace('''    private String caFile = "";
    private String password = "";
    private String passwordFile = "";
''','''    private Tls tls = Tls.DEFAULT;
    private Secret password = Secret.NONE;
''')
s=s.replace('        caFile = file;','        tls = tls.withCaFile(file);').replace('        password = secret;','        password = password.withText(secret);').replace('        passwordFile = file;','        password = password.withFile(file);')
a=s.index('    /**\n     * The password, from its file'); b=s.index('    /** An answer that is no good')
s=s[:a]+'''    /**
     * The password, from its file when there is one.
     *
     * @throws InvalidInputException if that file cannot be read; the message names it
     */
    public String password() {
        return password.read();
    }

    /**
     * TLS that trusts the CA file, or the JDK's CA certificates when there is none.
     *
     * @throws InvalidInputException if the file is missing or holds something else; the message says which
     */
    public SSLFactory tls() {
        return tls.factory();
    }

'''+s[b:]
a=s.index('    /** No answer at all')
s=s[:a]+'''    /** An answer with a status that no store gives to say "done", as a sentence with the server's own words. */
    public StoreUnavailableException answered(int status, String said, Throwable cause) {
        boolean known = status < 400 || ofItsOwn(status);
        String problem = known ? HttpFailure.words(status) : "cannot take events now (" + status + ")";
        return unavailable(problem + (said.isEmpty() ? "" : ": " + said), cause);
    }

    /** Whether the status alone says what is wrong; of any other only the words do. */
    private static boolean ofItsOwn(int status) {
        return List.of(401, 403, 407, 413, 429).contains(status);
    }

    /** No answer at all, as a sentence about this store. */
    public StoreUnavailableException unreachable(Throwable failure) {
        return unavailable(words(failure), failure);
    }

    private String words(Throwable failure) {
        if (NetworkFailure.of(failure).filter(NetworkFailure.TIMED_OUT::equals).isPresent()) {
            return NetworkFailure.timedOut(timeout);
        }
        return Reason.ofConnection(failure, tls.trustAdvice())
                .orElseGet(() -> "cannot be talked to: " + Reason.ofRoot(failure));
    }
}
'''
a=s.index('import dev.wayside.failure.Invalid'); b=s.index('/** Where a store is')
s=s[:a]+'''import dev.wayside.failure.HttpFailure;
import dev.wayside.failure.InvalidInputException;
import dev.wayside.failure.NetworkFailure;
import dev.wayside.failure.Reason;
import dev.wayside.net.Secret;
import dev.wayside.net.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import nl.altindag.ssl.SSLFactory;

'''+s[b:]
open(p,'w').write(s)

p='elasticsearch/ElasticsearchConnection.java'; s=open(p).read()
s=s.replace('''    private String apiKey = "";
    private String apiKeyFile = "";
''','''    private Secret apiKey = Secret.NONE;
''')
s=s.replace('        apiKey = encoded;','        apiKey = apiKey.withText(encoded);').replace('        apiKeyFile = file;','        apiKey = apiKey.withFile(file);')
s=s.replace('''        String key = apiKeyFile.isEmpty() ? apiKey : HttpAccess.secretIn(apiKeyFile);
''','''        String key = apiKey.read();
''').replace('import dev.wayside.store.HttpAccess;','import dev.wayside.net.Secret;\nimport dev.wayside.store.HttpAccess;')
s=s.replace("/** PEM; who may sign the server's certificate. Empty trusts the JDK's authorities. */","/** PEM; CA certificates trusted for the server's certificate. Empty trusts those of the JDK. */")
open(p,'w').write(s)
p='influxdb/InfluxConnection.java'; s=open(p).read()
s=s.replace("/** PEM; who may sign the server's certificate. Empty trusts the JDK's authorities. */","/** PEM; CA certificates trusted for the server's certificate. Empty trusts those of the JDK. */")
open(p,'w').write(s)

p='elasticsearch/ElasticsearchAnswers.java'; s=open(p).read()
a=s.index('        return access.unavailable(\n                switch (status)'); b=s.index("    /** It does not know the version of the API")
s=s[:a]+'''        return access.answered(status, words, cause);
    }

'''+s[b:]
s=s.replace('''        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {''','''        for (Throwable cause : Causes.of(failure)) {''').replace('import dev.wayside.store.HttpAccess;','import dev.wayside.failure.Causes;\nimport dev.wayside.store.HttpAccess;',1)
open(p,'w').write(s)
p='influxdb/InfluxAnswers.java'; s=open(p).read()
a=s.index('        if (status == 401) {'); b=s.index('        if (isRefusal')
s=s[:a]+s[b:]
s=s.replace('''        return access.unavailable("cannot take points now (" + status + "): " + words, null);''','''        return access.answered(status, words, null);''')
open(p,'w').write(s)
p='influxdb/PointWriter.java'; s=open(p).read()
a=s.index('        for (Throwable cause = failure;')
s=s[:a]+'''        return Causes.first(
                        failure,
                        cause -> cause instanceof PointsRefusedException
                                || cause instanceof DatabaseMissingException
                                || cause instanceof StoreUnavailableException)
                .map(IOException.class::cast)
                .orElseGet(() -> connection.access().unreachable(failure));
    }
}
'''
s=s.replace('import dev.wayside.store.Store','import dev.wayside.failure.Causes;\nimport dev.wayside.store.Store',1)
open(p,'w').write(s)

p='mqtt/Introduction.java'; s=open(p).read()
s=s.replace('''    String password = "";
    String passwordFile = "";
    String caFile = "";
    String certificateFile = "";
    String keyFile = "";
''','''    Secret password = Secret.NONE;
    Tls tls = Tls.DEFAULT;
''')
s=s.replace('passwordFile.isEmpty() ? password : secretIn(passwordFile)','password.read()')
a=s.index('    private static String secretIn'); s=s[:a].rstrip()+'\n}\n'
s=s.replace('PemTls.socketFactory(caFile, certificateFile, keyFile)','tls.factory().getSslSocketFactory()')
s=s.replace('import java.io.IOException;\n','').replace('import java.nio.file.Files;\nimport java.nio.file.Path;\n','').replace('import dev.wayside.failure.InvalidInputException;\n','import dev.wayside.net.Secret;\nimport dev.wayside.net.Tls;\n').replace('@throws InvalidInputException','@throws dev.wayside.failure.InvalidInputException')
open(p,'w').write(s)
p='mqtt/MqttConnection.java'; s=open(p).read()
for f,w in (('caFile','CaFile'),('certificateFile','CertificateFile'),('keyFile','KeyFile')):
    s=s.replace('        introduction.%s = file;'%f,'        introduction.tls = introduction.tls.with%s(file);'%w)
s=s.replace('        introduction.password = password;','        introduction.password = introduction.password.withText(password);').replace('        introduction.passwordFile = file;','        introduction.password = introduction.password.withFile(file);')
s=s.replace('!introduction.certificateFile.isEmpty() && !introduction.keyFile.isEmpty()','!introduction.tls.certificateFile().isEmpty()\n                && !introduction.tls.keyFile().isEmpty()')
s=s.replace("/** PEM; who may sign the broker's certificate. Empty trusts the JDK's authorities. */","/** PEM; CA certificates trusted for the broker's certificate. Empty trusts those of the JDK. */")
s=s.replace('new Connector.Broker(name, url, clientId, advice)','new Connector.Broker(name, url, clientId, advice, introduction.tls.trustAdvice())')
open(p,'w').write(s)
os.system('git rm -qf mqtt/PemTls.java')
p='mqtt/Connector.java'; s=open(p).read()
s=s.replace('''     * @param advice what to look at when the broker closes the connection without a word, or empty
     */
    record Broker(String name, String url, String clientId, String advice) {}''','''     * @param advice what to look at when the broker closes the connection without a word, or empty
     * @param trust what to do when its certificate is not trusted
     */
    record Broker(String name, String url, String clientId, String advice, String trust) {}''')
open(p,'w').write(s)

p='mqtt/ReasonCodes.java'; s=open(p).read()
a=s.index('    /** Of the operating system and the JDK, where'); b=s.index('    private ReasonCodes()')
s=s[:a]+s[b:]
a=s.index("    /** What a failure of the connection means"); b=s.index("    /** What a reason code means. */")
s=s[:a]+'''    /** What a failure of the connection means for a user, without the client's stack. */
    static String words(MqttException failure, Connector.Broker broker) {
        Optional<String> words = Reason.ofConnection(failure, broker.trust());
        if (words.isPresent()) {
            return "the broker " + words.get() + (isClosed(failure) && failure.getReasonCode() == 0 ? advice(broker) : "");
        }
        int code = failure.getReasonCode();
        boolean refused = code >= FIRST_REFUSAL && code < 256;
        return failure.getCause() == null
                ? words(code) + (refused ? advice(broker) : "")
                : Reason.ofRoot(failure);
    }

    /** Whether TLS said what was wrong. */
    static boolean isTls(MqttException failure) {
        return TlsFailure.of(failure).isPresent();
    }

    /** Whether the other side closed the connection without a word; one that never was it cannot have closed. */
    static boolean isClosed(MqttException failure) {
        return NetworkFailure.of(failure).filter(NetworkFailure.CLOSED::equals).isPresent();
    }

'''+s[b:]
a=s.index('    private static String tls('); b=s.index('    private static String advice(')
s=s[:a]+s[b:]
s=s.replace('case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> "the broker did not answer in time";','case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> "the broker " + NetworkFailure.TIMED_OUT.words();')
s=s.replace('case MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR -> "connection refused";','case MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR -> "the broker " + NetworkFailure.REFUSED.words();')
a=s.index('import java.io.EOF'); b=s.index('/**\n * Reason codes')
s=s[:a]+'''import dev.wayside.failure.NetworkFailure;
import dev.wayside.failure.Reason;
import dev.wayside.failure.TlsFailure;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;

'''+s[b:]
open(p,'w').write(s)

p='mqtt/EmbeddedBroker.java'; s=open(p).read()
a=s.index('        try (ServerSocket socket'); b=s.index('        } catch (IOException e) {\n            log.debug("port {} is taken')
s=s[:a]+'''        try {
            return Ports.probe(HOST, port) == port;
'''+s[b:]
s=s.replace('import java.net.InetAddress;\nimport java.net.InetSocketAddress;\nimport java.net.ServerSocket;\n','').replace('import dev.wayside.failure.UnavailableException;','import dev.wayside.failure.UnavailableException;\nimport dev.wayside.net.Ports;')
open(p,'w').write(s)
p='live/HttpPort.java'; s=open(p).read()
a=s.index('        try (ServerSocket socket'); b=s.index('        } catch (UnknownHostException')
s=s[:a]+'''        try {
            Ports.probe(host, port);
'''+s[b:]
s=s.replace('import java.net.InetAddress;\nimport java.net.InetSocketAddress;\nimport java.net.ServerSocket;\n','').replace('import dev.wayside.failure.UnavailableException;','import dev.wayside.failure.UnavailableException;\nimport dev.wayside.net.Ports;')
open(p,'w').write(s)

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** One Elasticsearch node in this process, from the jars on the class path. Arguments: folders of
 * modules and data, HTTP port, transport port. */
public final class ElasticsearchNode {
    private ElasticsearchNode() {}

    public static void main(String[] arguments) throws Exception {
        Path modules = Path.of(arguments[0]);
        Path home = Path.of(arguments[1]);
        Path configuration = Files.createDirectories(home.resolve("config"));
        LogConfigurator.configureESLogging();
        Settings settings = Settings.builder()
                .put("path.home", home)
                .put("path.data", home.resolve("data"))
                .put("path.logs", home.resolve("logs"))
                .put("cluster.name", "wayside-tests")
                .put("node.name", "node")
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", Integer.parseInt(arguments[2]))
                .put("transport.port", Integer.parseInt(arguments[3]))
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                // Little enough that a test can send too much.
                .put("indexing_pressure.memory.limit", "4mb")
                .build();
        Node node = new Node(
                new Environment(settings, configuration),
                PluginsLoader.createPluginsLoader(
                        PluginsLoader.loadModulesBundles(modules), Set.of(), Map.of(), false));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        node.start();
        new CountDownLatch(1).await();
    }

    /** What it cannot close, it says in the node's own log, and nobody is there any more to catch it. */
    private static void close(Node node) {
        try {
            node.close();
        } catch (IOException e) {
            LogManager.getLogger(ElasticsearchNode.class).error("cannot close the node", e);
        }
    }
}

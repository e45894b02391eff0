import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;
import org.opensearch.transport.TransportService;

/** One OpenSearch node on loopback, for tests: TestNode HOME [SETTING=VALUE …]. It ends when its input ends. */
public class TestNode extends Node {
    TestNode(Settings settings) {
        super(
            new Environment(settings, null),
            List.of(
                Netty4Plugin.class,
                CommonAnalysisPlugin.class,
                MapperExtrasPlugin.class,
                ReindexPlugin.class
            ),
            false
        );
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder()
            .put("path.home", Path.of(arguments[0]).toString())
            .put("cluster.name", "dossier-tests")
            .put("network.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.port", "0")
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            .put("cluster.routing.allocation.disk.threshold_enabled", false);
        for (int at = 1; at < arguments.length; at++) {
            String[] pair = arguments[at].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        try (TestNode node = new TestNode(settings.build())) {
            node.start();
            int http = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
            int transport = node.injector().getInstance(TransportService.class).boundAddress().publishAddress().getPort();
            System.out.println("port " + http + " " + transport);
            while (System.in.read() >= 0) {}
        }
    }
}

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** java Client.java URL: asks over HTTP/2 and HTTP/1.1, and prints what it gets. */
final class Client {

    private Client() {}

    public static void main(String[] arguments) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0] + "/plaintext")).build();
        for (Version version : Version.values()) {
            try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                System.out.println(response.version() + " " + response.statusCode());
            }
        }
    }
}

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Java's HTTP client as it comes: it asks for HTTP/2 with its first request. Prints what it was answered, line by line. */
class Client {
  public static void main(String[] args) throws Exception {
    var client = HttpClient.newHttpClient();
    var url = "http://localhost:" + args[0];
    for (var request :
        new HttpRequest[] {
          HttpRequest.newBuilder(URI.create(url + "/get")).build(),
          HttpRequest.newBuilder(URI.create(url + "/post")).POST(BodyPublishers.ofString("body")).build()
        }) {
      var response = client.send(request, BodyHandlers.ofString());
      System.out.println(response.version() + " " + response.statusCode() + " " + response.body());
    }
    var message = new CompletableFuture<String>();
    var socket = client.newWebSocketBuilder()
        .buildAsync(URI.create(url.replace("http", "ws") + "/ws"), new Listener(message))
        .join();
    socket.sendText("message", true).join();
    System.out.println(message.join());
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  record Listener(CompletableFuture<String> message) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
      message.complete(text.toString());
      return null;
    }
  }
}

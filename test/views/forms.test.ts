import { expect } from "chai";
import express from "express";
import request from "supertest";
import { forms } from "../../views/forms.ts";

describe("forms", () => {
  const app = express().use("/test/wsgi", forms());

  function get(query = "") {
    return request(app).get(`/test/wsgi/${query}`);
  }

  function post(body: string, query = "") {
    return request(app).post(`/test/wsgi/${query}`).type("form").send(body);
  }

  it("shows a page without fields", async () => {
    const { status, type, charset, text } = await get();
    expect({ status, type, charset }).to.deep.equal({ status: 200, type: "text/html", charset: "utf-8" });
    expect(shown(text)).to.deep.equal({ method: "GET", get: "{}", post: "{}" });
  });

  it("offers a GET and a POST form with a text field each", async () => {
    const { text } = await get();
    for (const method of ["GET", "POST"]) {
      expect(text).to.match(new RegExp(`<form method="${method}">[^]*?<input [^>]*name="text"[^]*?</form>`));
    }
  });

  it("shows the fields of the GET form", async () => {
    const { text } = await get("?text=spam");
    expect(shown(text)).to.deep.equal({ method: "GET", get: '{"text":"spam"}', post: "{}" });
  });

  it("shows the fields of the POST form beside those of the URL", async () => {
    const { text } = await post("text=eggs", "?text=spam");
    expect(shown(text)).to.deep.equal({ method: "POST", get: '{"text":"spam"}', post: '{"text":"eggs"}' });
  });

  it("shows all values of a repeated field", async () => {
    expect(shown((await get("?text=a&text=b")).text).get).to.equal('{"text":["a","b"]}');
    expect(shown((await post("text=a&text=b")).text).post).to.equal('{"text":["a","b"]}');
  });

  it("takes names as they are, even those of an object's own", async () => {
    const { text } = await post("a[b]=1&toString=2", "?a[b]=1&toString=2");
    const fields = '{"a[b]":"1","toString":"2"}';
    expect(shown(text)).to.deep.equal({ method: "POST", get: fields, post: fields });
  });

  it("shows any script", async () => {
    const { text } = await post("text=Caf%C3%A9+%F0%9F%8D%B3", "?text=%E5%8D%B5");
    expect(shown(text)).to.deep.equal({ method: "POST", get: '{"text":"卵"}', post: '{"text":"Café 🍳"}' });
  });

  it("escapes HTML in values and in names", async () => {
    const attack = "%3C/pre%3E%3Cscript%3Ealert(1)%3C/script%3E";
    const { text } = await post(`${attack}=${attack}`, `?${attack}=${attack}`);
    const json = '{"</pre><script>alert(1)</script>":"</pre><script>alert(1)</script>"}';
    expect(text).not.to.contain("<script>alert");
    expect(shown(text)).to.deep.equal({ method: "POST", get: json, post: json });
  });

  it("shows no fields of a body that is no form", async () => {
    const { status, text } = await request(app).post("/test/wsgi/").type("text").send("text=eggs");
    expect(status).to.equal(200);
    expect(shown(text).post).to.equal("{}");
  });

  it("refuses a body that is too large with 413", async () => {
    expect((await post(`text=${"x".repeat(200_000)}`)).status).to.equal(413);
  });

  it("refuses more fields than it counts with 413", async () => {
    expect((await post("text=x&".repeat(2_000))).status).to.equal(413);
  });

  it("refuses a charset that it cannot read with 415", async () => {
    const type = "application/x-www-form-urlencoded; charset=klingon";
    const { status } = await request(app).post("/test/wsgi/").set("Content-Type", type).send("text=eggs");
    expect(status).to.equal(415);
  });
});

/** Reads what the page says it received. */
function shown(html: string): Record<"method" | "get" | "post", string> {
  return { method: content(html, "method"), get: content(html, "get"), post: content(html, "post") };
}

function content(html: string, id: string): string {
  const [, escaped = ""] = new RegExp(`id="${id}">([^<]*)<`).exec(html) ?? [];
  return escaped
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

import { expect } from "chai";
import { render } from "../../views/template.ts";

describe("render", () => {
  it("fills in each placeholder, wherever it stands", () => {
    expect(render("<p title='{{a}}'>{{b}}, {{a}}</p>", { a: "1", b: "2" })).to.equal("<p title='1'>2, 1</p>");
  });

  it("escapes what HTML gives a meaning to, in content and in attributes", () => {
    expect(render("{{text}}", { text: `<b a="1" b='2'>&amp;</b>` })).to.equal(
      "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;",
    );
  });

  it("takes a value as it is: neither replacement patterns nor placeholders in it mean anything", () => {
    expect(render("{{a}}", { a: "$& $1 {{b}}", b: "2" })).to.equal("$&amp; $1 {{b}}");
  });

  it("throws when the template names a value that is not given", () => {
    expect(() => render("{{a}}", {})).to.throw(TypeError, "The template wants a value for a");
  });
});

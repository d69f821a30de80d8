/** How the API reference reads: the theme of typedoc-plugin-markdown, less what a signature has said already. */

import {
  type Comment,
  type ContainerReflection,
  type DeclarationHierarchy,
  DeclarationReflection,
  ReferenceReflection,
  ReferenceType,
  type Reflection,
  type ReflectionGroup,
  type SignatureReflection,
} from "typedoc";
import {
  type MarkdownApplication,
  type MarkdownPageEvent,
  MarkdownTheme,
  MarkdownThemeContext,
} from "typedoc-plugin-markdown";

/** TypeDoc calls it: its option `theme` is then `"short"`. */
export function load(app: MarkdownApplication): void {
  app.renderer.defineTheme("short", ShortTheme);
}

class ShortTheme extends MarkdownTheme {
  override getRenderContext(page: MarkdownPageEvent<Reflection>): MarkdownThemeContext {
    return shorten(new MarkdownThemeContext(this, page, this.application.options));
  }
}

function shorten(context: MarkdownThemeContext): MarkdownThemeContext {
  const { partials, helpers } = context;
  const { accessor, body, comment, members, signature } = partials;

  partials.accessor = (model, options) => {
    const { getSignature, setSignature } = model;
    return getSignature?.type && !setSignature ? readonlyProperty(getSignature) : accessor(model, options);
  };
  partials.body = (model, options) => body(withoutInherited(model), options);
  partials.hierarchy = (model) => {
    const parents = parentsOf(model).map((type) => partials.someType(type));
    return parents.length > 0 ? `Extends ${parents.join(", ")}.` : "";
  };
  partials.signature = (model, options) => {
    const text = signature(withoutBareParameters(model), { ...options, hideTitle: true });
    return options.hideTitle ? text : `${partials.signatureTitle(model, options)}\n\n${text}`;
  };
  partials.comment = (model, options) => comment(joinThrows(model), options);
  partials.inheritance = () => "";
  partials.members = (models, options) => {
    const references = models.filter((model) => model instanceof ReferenceReflection);
    if (references.length === 0) return members(models, options);
    return references.map((model) => `- ${partials.referenceMember(model)}`).join("\n");
  };
  partials.signatureReturns = ({ comment: text }, { headingLevel }) => {
    const returns = text?.getTag("@returns");
    return returns
      ? `${"#".repeat(headingLevel)} Returns\n\n${helpers.getCommentParts(returns.content)}`
      : "";
  };

  function readonlyProperty({ name, type, comment: text }: SignatureReflection): string {
    const signature = `> \`readonly\` **${name}**: ${type ? partials.someType(type) : "unknown"}`;
    return text ? `${signature}\n\n${partials.comment(text)}` : signature;
  }

  return context;
}

/** What is inherited is told where it comes from. */
function withoutInherited(model: ContainerReflection): ContainerReflection {
  if (!model.groups) return model;
  const groups = model.groups.map((group) => {
    const children = group.children.filter(
      (child) => !(child instanceof DeclarationReflection && child.inheritedFrom),
    );
    return variant<ReflectionGroup>(group, { children });
  });
  return variant(model, { groups: groups.filter(({ children }) => children.length > 0) });
}

/** Parameters of which there is nothing to say are in the signature's title, with their types. */
function withoutBareParameters(model: SignatureReflection): SignatureReflection {
  const described = model.parameters?.some(({ comment }) => comment?.hasVisibleComponent());
  return described ? model : variant(model, { parameters: [] });
}

/** What it extends of ours. */
function parentsOf({ isTarget, types }: DeclarationHierarchy): ReferenceType[] {
  if (isTarget) return [];
  return types.filter((type) => type instanceof ReferenceType).filter(({ reflection }) => reflection);
}

/** The same object, but for some properties. */
function variant<T extends object>(original: T, properties: Partial<T>): T {
  const descriptors = Object.entries(properties).map(([name, value]) => [name, { value, writable: true }]);
  return Object.create(original, Object.fromEntries(descriptors));
}

/** All that a function throws as one list, under one heading. */
function joinThrows(comment: Comment): Comment {
  const isThrows = ({ tag }: { readonly tag: string }) => tag === "@throws";
  const [first, ...others] = comment.blockTags.filter(isThrows);
  if (!first) return comment;
  const joined = comment.clone();
  const list = first.clone();
  list.content = [first, ...others].flatMap(({ content }) => [
    { kind: "text" as const, text: "- " },
    ...content,
    { kind: "text" as const, text: "\n" },
  ]);
  const at = comment.blockTags.indexOf(first);
  joined.blockTags = joined.blockTags.filter((tag) => !isThrows(tag));
  joined.blockTags.splice(at, 0, list);
  return joined;
}

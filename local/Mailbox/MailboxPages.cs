using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FundingFlow.Local.Mailbox;

/// <summary>The pages at <c>/mailbox</c>: what the system has mailed, for the person who runs it.</summary>
public static class MailboxPages
{
    // A mail's own HTML is a frame of the page and takes over its policy: pictures from the mail, no script, no calls out.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapMailbox(this IEndpointRouteBuilder endpoints, MailStore store)
    {
        var pages = endpoints.MapGroup("/mailbox");
        // The token keeps this from being taken for a bare RequestDelegate, whose result nobody would write.
        pages.MapGet("", async (HttpContext context, CancellationToken stop) => Page(context, await MailList.RenderAsync(store, stop)));
        pages.MapGet("{id}", async (string id, HttpContext context, CancellationToken stop) => await store.FindAsync(id, stop) is { } mail
            ? Page(context, MailView.Render(id, mail))
            : NotFound(context));
        pages.MapGet("{id}/raw", (string id, HttpContext context) => store.Find(id) is { } path
            ? Results.File(path, "message/rfc822", id + ".eml")
            : NotFound(context));
    }

    private static IResult NotFound(HttpContext context)
        => Page(context, MailboxHtml.Page("No such mail", "<p>There is no such mail.</p><p><a href=\"/mailbox\">All mails</a></p>"), StatusCodes.Status404NotFound);

    private static IResult Page(HttpContext context, string html, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(html, "text/html", Encoding.UTF8, status);
    }
}

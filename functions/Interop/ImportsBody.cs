using System.Text;
using System.Text.Json;
using FundingFlow.Functions.Http;
using FundingFlow.Interop.Imports;
using FundingFlow.Interop.Imports.Mapping;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FundingFlow.Functions.Interop;

/// <summary>An upload's file and mapping, as a form (parts <c>file</c> and <c>mapping</c>) or as JSON (<c>{csv, mapping}</c>).</summary>
internal static class ImportsBody
{
    private const int Largest = 20 * 1024 * 1024;

    public static async Task<Outcome<ImportUpload>> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        var kind = Kind(request);
        if (kind.Refusal is { } no) return no;
        var dryRun = Query.Text(request, "dryRun") ?? "false";
        if (dryRun is not ("true" or "false")) return Refusal.Invalid("/dryRun", "must be true or false");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) type = null;
        var isForm = type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;
        if (!isForm && !request.HasJsonContentType())
            return new Refusal(RefusalKind.UnsupportedMediaType, "Send multipart/form-data with the parts file and mapping, or application/json with csv and mapping.");
        var body = await ApiRequest.BodyAsync(request, Largest, stop);
        if (body.Refusal is { } tooLarge) return tooLarge;
        var parts = isForm ? await FormAsync(body.Value, HeaderUtilities.RemoveQuotes(type!.Boundary).Value, stop) : Json(body.Value);
        return parts.Then<ImportUpload>(found => found.File is { } file
            ? new ImportUpload(kind.Value, dryRun == "true", file, found.Mapping)
            : Refusal.Invalid(isForm ? "/file" : "/csv", "is required: the CSV"));
    }

    public static Outcome<ImportKind> Kind(HttpRequest request) => Query.Text(request, "kind") switch
    {
        "partners" => ImportKind.Partners,
        "projects" => ImportKind.Projects,
        "pledges" => ImportKind.Pledges,
        _ => Refusal.Invalid("/kind", "must be partners, projects or pledges: ?kind="),
    };

    private static async Task<Outcome<Parts>> FormAsync(ReadOnlyMemory<byte> body, string? boundary, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 70) return Refusal.Invalid("", "has no usable multipart boundary in its Content-Type");
        try
        {
            return await PartsAsync(new MultipartReader(boundary, new MemoryStream(body.ToArray(), writable: false)) { BodyLengthLimit = Largest }, stop);
        }
        catch (Exception malformed) when (malformed is IOException or InvalidDataException)
        {
            return Refusal.Invalid("", "is not well-formed multipart/form-data");
        }
    }

    private static async Task<Outcome<Parts>> PartsAsync(MultipartReader reader, CancellationToken stop)
    {
        var parts = new Parts(null, null);
        while (await reader.ReadNextSectionAsync(stop) is { } section)
        {
            var name = ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
                : null;
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content, stop);
            switch (name)
            {
                case "file" when parts.File is null:
                    parts = parts with { File = content.ToArray() };
                    break;
                case "mapping" when parts.Mapping is null:
                    // A form's file field that was left empty is sent all the same.
                    parts = parts with { Mapping = content.Length == 0 ? null : content.ToArray() };
                    break;
                default:
                    return Refusal.Invalid("/" + (name ?? ""), "is not a part of this form, or is given twice: send file and mapping");
            }
        }

        return parts;
    }

    private static Outcome<Parts> Json(ReadOnlyMemory<byte> body)
        => JsonInput.Parse<Parts>(body, input =>
        {
            var csv = input.Element("csv");
            if (csv is { ValueKind: not JsonValueKind.String }) input.Error("csv", "must be the CSV as a text");
            var mapping = input.Element("mapping");
            return csv is { ValueKind: JsonValueKind.String } text
                ? new Parts(Encoding.UTF8.GetBytes(text.GetString()!), mapping is { } map ? Encoding.UTF8.GetBytes(map.GetRawText()) : null)
                : new Parts(null, null);
        });

    private sealed record Parts(byte[]? File, byte[]? Mapping);
}

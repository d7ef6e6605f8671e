using System.Text;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>A file's text and the encoding that it was found to be in.</summary>
/// <param name="Encoding">utf-8, utf-16, utf-16BE or windows-1252.</param>
public sealed record DecodedText(string Text, string Encoding)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Names that a mapping may state.</summary>
    public static readonly IReadOnlyList<string> Encodings = ["utf-8", "utf-16", "utf-16BE", "windows-1252"];

    /// <summary>
    /// Finds the encoding out: by the byte order mark, else UTF-8 where every byte fits it, else Windows-1252, which
    /// older spreadsheet programs write. <paramref name="stated"/>, one of <see cref="Encodings"/>, wins over the last two.
    /// </summary>
    public static Outcome<DecodedText> From(ReadOnlySpan<byte> bytes, string? stated = null)
    {
        if (bytes.StartsWith("PK\u0003\u0004"u8))
            return Refusal.Invalid("/file", "is a workbook, not CSV: save the sheet as CSV (UTF-8) first");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Decode(bytes[3..], "utf-8");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Decode(bytes[2..], "utf-16");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Decode(bytes[2..], "utf-16BE");
        if (stated is not null) return Decode(bytes, stated);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Decode(bytes, "utf-8") : Decode(bytes, "windows-1252");
    }

    private static Outcome<DecodedText> Decode(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return new DecodedText(EncodingOf(name).GetString(bytes), name);
        }
        catch (DecoderFallbackException)
        {
            return Refusal.Invalid("/file", $"is not valid {name}; save it as UTF-8");
        }
    }

    private static Encoding EncodingOf(string name) => name switch
    {
        "utf-8" => StrictUtf8,
        "utf-16" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        "utf-16BE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        "windows-1252" => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not an encoding that is read here."),
    };
}

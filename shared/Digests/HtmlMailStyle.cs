namespace FundingFlow.Digests;

/// <summary>The look of our mails: inline for every program, the sheet only for those that show mails dark.</summary>
internal static class HtmlMailStyle
{
    private const string Font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";

    public const string Page = $"margin:0;padding:0;background:#eef2f3;color:#1c2b33;{Font}font-size:16px;line-height:1.5;-webkit-text-size-adjust:100%";
    public const string Preheader = "display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:#eef2f3";
    public const string Frame = "padding:16px 8px";
    public const string SheetTable = $"max-width:600px;width:100%;text-align:left;background:#ffffff;border-radius:12px;{Font}font-size:16px;line-height:1.5;color:#1c2b33";
    public const string Band = "padding:24px 20px 20px;background:#0b4f5c;color:#ffffff;border-radius:12px 12px 0 0";
    public const string Forum = "margin:0 0 4px;font-size:14px;letter-spacing:.02em;color:#cfe8ec";
    public const string Title = "margin:0;font-size:24px;line-height:1.25;font-weight:700;color:#ffffff";
    public const string Body = "padding:20px 20px 8px";
    public const string Opening = "margin:0 0 12px";
    public const string Heading = "margin:28px 0 10px;font-size:18px;line-height:1.3;font-weight:700;color:#0b4f5c";
    public const string Paragraph = "margin:0 0 8px";
    public const string Quiet = "margin:0 0 8px;font-size:14px;color:#4d5f68";
    public const string Label = "font-size:14px;color:#4d5f68";
    public const string Value = "font-weight:600";
    public const string Urgent = "font-weight:700;color:#a5280d";
    public const string Card = "margin:0 0 12px;border:1px solid #d5dee1;border-radius:10px;border-collapse:separate;background:#ffffff";
    public const string CardCell = "padding:14px 16px 8px";
    public const string CardTitle = "margin:0;font-size:16px;line-height:1.4;font-weight:700;color:#1c2b33";
    public const string Subtitle = "margin:0 0 8px;font-size:14px;color:#4d5f68";
    public const string Bar = "margin:6px 0 6px;border:1px solid #6f858e;border-radius:4px;border-collapse:separate;overflow:hidden";
    public const string BarFull = "background:#0b7285;height:12px;line-height:12px;font-size:1px";
    public const string BarPart = "background:#9fd3dc;height:12px;line-height:12px;font-size:1px";
    public const string BarRest = "background:#f4f7f8;height:12px;line-height:12px;font-size:1px";
    public const string Button = "display:inline-block;padding:12px 20px;border-radius:8px;background:#0b4f5c;color:#ffffff;font-weight:600;text-decoration:none";
    public const string Link = "color:#0b4f5c;text-decoration:underline";
    public const string Foot = "padding:16px 20px 24px;border-top:1px solid #d5dee1;font-size:14px;line-height:1.5;color:#4d5f68";

    public const string Sheet = """
        @media (prefers-color-scheme: dark) {
        .page, .frame { background: #0f171b !important; color: #e8eff1 !important; }
        .sheet, .card { background: #18242a !important; color: #e8eff1 !important; border-color: #3a4b53 !important; }
        .ink { color: #e8eff1 !important; }
        .heading, .link { color: #8fd6e2 !important; }
        .quiet { color: #b4c4ca !important; }
        .urgent { color: #ffb4a1 !important; }
        .foot { border-color: #3a4b53 !important; }
        .full { background: #4db6c6 !important; }
        .part { background: #2a6470 !important; }
        .rest { background: #101b20 !important; }
        .button { background: #8fd6e2 !important; color: #0f171b !important; }
        }
        """;
}

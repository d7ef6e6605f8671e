namespace FundingFlow.Tests.Browser;

/// <summary>Finds the browser that is installed; none is ever downloaded.</summary>
internal static class Chromium
{
    public const string Variable = "CHROMIUM_PATH";

    private static readonly string[] UsualPlaces =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    public static string Find() => Find(Environment.GetEnvironmentVariable(Variable), File.Exists);

    public static string Find(string? chosen, Predicate<string> exists)
    {
        if (!string.IsNullOrEmpty(chosen))
            return exists(chosen) ? chosen : throw new ChromiumMissingException($"{Variable} is {chosen}, and no file is there.");
        return Array.Find(UsualPlaces, exists) ?? throw new ChromiumMissingException(
            $"No Chromium for the browser tests: install it (apt-get install chromium), or set {Variable} to a Chromium or Chrome.");
    }
}

internal sealed class ChromiumMissingException(string message) : Exception(message);

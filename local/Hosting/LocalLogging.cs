using Microsoft.Extensions.Logging;

namespace FundingFlow.Local.Hosting;

/// <summary>A line for what went wrong; the listeners' and the SDKs' daily news stay out of the terminal.</summary>
internal static class LocalLogging
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        logging.SetMinimumLevel(LogLevel.Information);
        foreach (var category in (string[])["Microsoft", "Azure", "Host", "Function", "System"])
            logging.AddFilter(category, LogLevel.Warning);
        // The SDK warns of each queue and table that is not there yet; what fails for good is thrown, and logged where it is caught.
        logging.AddFilter("Azure", LogLevel.Error);
        // The host says the same as the function's own category.
        logging.AddFilter("Host.Results", LogLevel.None);
        // Kestrel says that it was told its address in the code.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
    }
}

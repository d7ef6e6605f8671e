using System.Globalization;

namespace FundingFlow.Local.Hosting;

public sealed class PortTakenException(int port, Exception? inner = null)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"Port {port} on 127.0.0.1 is taken: stop what uses it, or choose another one with --port."), inner);

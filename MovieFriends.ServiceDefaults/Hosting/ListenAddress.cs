using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using MovieFriends.Extensions;

namespace MovieFriends.ServiceDefaults.Hosting;

/// <summary>Where a service listens.</summary>
public static class ListenAddress
{
    private const string Key = "urls";
    private const string Free = "http://127.0.0.1:0";

    private static readonly string[] s_others = ["http_ports", "https_ports"];

    /// <summary>Takes a free port of the loopback if no address is configured, so that services beside each other do not want the same one.</summary>
    /// <exception cref="ConfigurationException">An address that is configured cannot be read, or its port cannot be had.</exception>
    public static void UseListenAddress(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var urls = builder.Configuration[Key];
        if (!string.IsNullOrWhiteSpace(urls))
        {
            foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                Check(url);
        }
        else if (s_others.All(key => string.IsNullOrWhiteSpace(builder.Configuration[key])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Free);
        }
    }

    internal static void Check(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
                return;

            var host = address.Host is "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host, out var named) ? named : IPAddress.Any;
            using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(host, address.Port));
            socket.Listen();
        }
        catch (FormatException exception)
        {
            throw new ConfigurationException($"ASPNETCORE_URLS has '{url}': must be an address such as http://127.0.0.1:8080.", exception);
        }
        catch (SocketException exception)
        {
            throw new ConfigurationException(
                $"ASPNETCORE_URLS has '{url}', which cannot be listened on ({exception.Message}). Name another port, or none for a free one of the loopback.", exception);
        }
    }
}
